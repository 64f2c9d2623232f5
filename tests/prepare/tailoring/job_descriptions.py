"""Invented job descriptions, other than those the words in the data file were chosen by."""

PLAN = """Telephonic Care Manager
You join the care management program of a regional managed care organization with 90,000 Medicaid members.
Your day: call members with diabetes, heart failure or both, find out what keeps them from their appointments, and draw up a care plan with them.
You share every case with a pharmacist, a nurse and a community health worker at the weekly rounds.
Calls are recorded in the electronic record before the next one starts.
The program is judged by HEDIS gaps closed and by emergency visits avoided.
We want to see: three years in care management, calm on the telephone, and the gift of putting medical matters into plain language.
Pay and benefits
Salary 68,000 to 74,000; dental; generous PTO; on-site child care for children of staff.
All qualified applicants are considered without regard to race, age, disability or protected veteran status.
"""
FOSTER = """Permanency Worker, Kinship Unit
Our county agency looks for somebody to carry 14 foster care cases.
* You visit children and the relatives who took them in, twice a month
* You write court reports and testify
* As a mandated reporter you act on any sign of neglect
* You arrange visits between parents and children and help families towards reunification
* You keep the case file complete, since a judge reads it
What we ask for: a social work degree; respect for families of every culture; a car.
"""
REENTRY = """Reentry Navigator
People come to us straight from the county jail, with a bus ticket and often with an addiction. You meet them at the gate.
You will do intakes, set goals with them for the first ninety days, link them to a clinic, a bed and a job,
and speak up for them with probation officers.
Some days somebody relapses in your office: you stay calm and you de-escalate.
Bilingual candidates are especially welcome.
"""
AGING = """Options Counselor
The Area Agency on Aging helps older adults stay in their own homes. You sit at kitchen tables with elders and their caregivers,
many of whom live with dementia in the family.
You screen for Medicaid waivers, coordinate meals and home care, follow up on each referral, and watch for signs of abuse, which you report.
Privacy comes first. So does looking after yourself: we offer reflective supervision, since the work is emotionally demanding.
Ability to travel within the county.
"""
BAKER = """Night Baker
You shape 600 loaves between midnight and six. We want strong arms, clean hands and two years at a deck oven. Pay is 21 an hour.
"""
