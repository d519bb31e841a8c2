"""The pages of HR: people, teams, coaches, positions."""
