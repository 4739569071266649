"""Where spaces meet the services that they bring."""
