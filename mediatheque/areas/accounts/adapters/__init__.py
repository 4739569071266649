"""Where accounts meet the outside: the words of letters, and other issuers of identities."""
