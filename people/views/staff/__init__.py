"""人员: who works where, invitations, leaving, and lists of them by Excel."""
