"""HTML becomes what its reader would see."""

import pytest

from hiringkit.exchange.ats.markup import plain_text


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("plain\nlines stay", "plain\nlines stay"),
        ("a < b & c > d, p95 <3 s and <p95 target", "a < b & c > d, p95 <3 s and <p95 target"),
        ("Tom &amp; Ann&#39;s &lt;b&gt; &nbsp;&eacute;", "Tom & Ann's <b> \xa0é"),
        ("<p>One</p>\n<p>Two<br>three<br/>four</p>", "One\n\nTwo\nthree\nfour"),
        ("<p>a\n  b</p>", "a b"),
        ("<ul><li>x</li><li><b>y</b></li></ul>z", "- x\n- y\nz"),
        ("<div>a</div><div>b</div>", "a\n\nb"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a  b"),
        ('<a href="https://example.org" title="x > y">link</a>', "link"),
        ("<img src=x onerror=alert(1)>seen", "seen"),
        ("<SCRIPT type='x'>alert('</b>')</SCRIPT >seen<style>p {}</style>", "seen"),
        ("<svg/onload=alert(1)><text>t</text></svg>seen", "seen"),
        ("<script>never closed", ""),
        ("a<!-- <b>not</b> -->b", "ab"),
        ("a<!-- open", "a<!-- open"),
        ("<!DOCTYPE html><title>t</title>seen", "seen"),
        ("", ""),
    ],
)
def test_html_becomes_text(html: str, seen: str) -> None:
    assert plain_text(html) == seen
