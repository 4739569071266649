"""The letters this house writes: their templates and translations, and how one is made."""
