"""The coaching chat. It is the person's alone: no coach, no manager, no administrator, no reviewer, no total.

What is asked and answered leaves no row in the audit trail: who wrote into it, and when, is nobody's business
either.
"""
