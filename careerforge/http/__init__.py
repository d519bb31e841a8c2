"""The one guarded way out: every request that CareerForge makes to a source goes through
`client.GuardedClient`.

Import from the modules (`careerforge.http.client`, `.policy`, `.errors`); this file stays empty so that
nothing pays for an HTTP library it does not use.
"""
