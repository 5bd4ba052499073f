"""What people do for themselves: assess themselves against a role, and practise rating."""
