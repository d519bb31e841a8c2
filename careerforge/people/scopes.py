"""What an API token may be used for. A session of the person themselves may everything that they may."""

PATH_READ = "path:read"
PATH_WRITE = "path:write"
SKILLS_READ = "skills:read"
SKILLS_WRITE = "skills:write"
ADVICE = "advice"
EMPLOYEES = "employees"
CONNECTORS = "connectors"
TASKS = "tasks"
CHAT = "chat"
FEEDBACK = "feedback"

ALL = (PATH_READ, PATH_WRITE, SKILLS_READ, SKILLS_WRITE, ADVICE, EMPLOYEES, CONNECTORS, TASKS, FEEDBACK, CHAT)
