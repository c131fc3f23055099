# What can be looked for and not found, by the word that the refusal names it with.

thing-AFFILIATION = affiliation
thing-AWARD = award
thing-CONDITION = condition
thing-CRITERION = criterion
thing-ENVELOPE = envelope
thing-EVIDENCE = evidence
thing-GATE = gate
thing-GATE_TEMPLATE = gate template
thing-MILESTONE = milestone
thing-ORGANIZATION = organization
thing-PANEL_MEMBER = panel member
thing-PERSON = person
thing-PLAN_VERSION = plan version
thing-POLICY = policy
thing-PROGRAMME = programme
thing-RELEASE = release
thing-REPORT = report
thing-ROLE = role
thing-SCOPE = scope
thing-SUBMISSION = submission
thing-THEME = theme
thing-TOKEN = token
thing-TRANCHE = tranche
