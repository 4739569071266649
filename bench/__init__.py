"""Benchmarks: programs that fill a space and measure the running product."""
