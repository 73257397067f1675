"""Signing in through an OpenID Connect provider: whoever keeps the newsroom's identities says who somebody is.

    terms     the settings, read once;  errors  why somebody was not signed in
    known     the provider: what it says of itself, its keys, and a code for a token
    tokens    an ID token, believed only when everything fits;  entering  from an identity to an account and its role
    views     there and back

Authlib writes the requests and checks the claims and joserfc the signatures, and neither connects to anything: that is done by
`corpus/fetch`, as everywhere.
"""
