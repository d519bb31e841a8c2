"""What a role asks for against what somebody has: gap, readiness, evidence."""
