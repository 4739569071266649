"""XMLTV: guides in, lenient and in constant memory; guides out, strict."""
