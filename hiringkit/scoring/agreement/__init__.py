"""How far interviewers agree."""
