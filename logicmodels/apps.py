"""The app of the logic models."""

from django.apps import AppConfig


class LogicModelsConfig(AppConfig):
    name = "logicmodels"
    verbose_name = "ロジックモデル"
