# What can be looked for and not found, by the word that the refusal names it with.

thing-affiliation = affiliation
thing-award = award
thing-condition = condition
thing-criterion = criterion
thing-envelope = envelope
thing-evidence = evidence
thing-gate = gate
thing-gate-template = gate template
thing-milestone = milestone
thing-organization = organization
thing-panel-member = panel member
thing-person = person
thing-plan-version = plan version
thing-policy = policy
thing-programme = programme
thing-release = release
thing-role = role
thing-submission = submission
thing-theme = theme
thing-token = token
thing-tranche = tranche
