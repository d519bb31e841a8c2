import numpy as np

# Words that mean the same, for a test: each group is one direction.
GROUPS = (
    {"developer", "engineer", "programmer"},
    {"backend", "server", "service"},
    {"nurse", "nursing"},
    {"cook", "chef", "kitchen"},
    {"manager", "management", "manage", "lead"},
    {"people", "personnel", "staff", "team"},
    {"data", "statistics"},
    {"driver", "driving", "lorry", "truck"},
)


class Groups:
    """An embedder for tests: a text is the groups of its words, and a little of each other word."""

    name, dimensions = "groups", 64

    def embed(self, texts):
        return np.array([self.one(text) for text in texts], np.float32).reshape(-1, self.dimensions)

    def one(self, text):
        vector = np.full(self.dimensions, 1e-3)
        for word in text.casefold().split():
            places = [place for place, group in enumerate(GROUPS) if word.strip(".,") in group]
            vector[places or [len(GROUPS) + sum(word.encode()) % 50]] += 1.0 if places else 0.4
        return vector / np.linalg.norm(vector)
