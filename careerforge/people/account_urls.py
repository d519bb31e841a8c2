"""The pages of signing in and out: those of allauth that we use, and no dead one beside them."""

from allauth.account import views as allauth
from django.urls import path

from careerforge.people import views

urlpatterns = [
    path("login/", views.sign_in_page, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", views.password_help, name="account_reset_password"),
]
