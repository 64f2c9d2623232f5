"""Getting ready: stories, drills, tailoring and a plan, all before the interview begins."""
