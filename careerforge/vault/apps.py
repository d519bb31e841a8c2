from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "careerforge.vault"
    label = "vault"
