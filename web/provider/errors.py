"""Why somebody was not signed in through the provider.

SignInFailed                what the reader is told, with the status of the page
├── ProviderUnreachable     the provider does not answer, or not as one (503)
├── JourneyUnknown          the way there began elsewhere, too long ago, or was gone before (400)
├── NotTrusted              what came back is not what a provider sends: the log says why (403)
└── NotAdmitted             the provider says who it is, and that is nobody who may come in (403)
"""

from __future__ import annotations

from checker.tongue import noted


class SignInFailed(Exception):
    """Nobody was signed in; `says` is for the reader, the message for the log."""

    status = 403
    says = ""
    subject = ""


class ProviderUnreachable(SignInFailed):
    """The provider cannot be asked."""

    status = 503
    says = noted(
        "%(provider)s does not answer as it should, so nobody is signed in through it at the moment. Try again in a minute."
    )


class JourneyUnknown(SignInFailed):
    """What came back belongs to no sign-in that was begun here."""

    status = 400
    says = noted("This sign-in was not begun in this browser, was finished already, or took too long. Begin again.")


class NotTrusted(SignInFailed):
    """What came back cannot be believed."""

    says = noted(
        "What came back from %(provider)s cannot be trusted, so nobody was signed in. Whoever runs this service finds the reason in its log."
    )


class NotAdmitted(SignInFailed):
    """Somebody is known to the provider and may not come in here."""

    def __init__(self, why: str, says: str, *, subject: str = "") -> None:
        super().__init__(why)
        self.says = says
        self.subject = subject


REFUSED = noted("%(provider)s did not let you in, or you ended it there.")
UNKNOWN = noted(
    "You are known to %(provider)s, but no account here belongs to you. Give this identifier to an admin, who can open one:"
)
NO_ROLE = noted("Your groups at %(provider)s give you no role here. Ask whoever looks after them.")
NO_DOMAIN = noted("%(provider)s does not say that you have an e-mail address of a domain that may sign in here.")
CLOSED = noted("Your account here is closed.")
TAKEN = noted("This identity belongs to another account here.")
