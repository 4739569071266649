"""Posters, covers and sleeves of the demonstration world, drawn by us."""

from mediatheque.demo.artwork.poster import Sleeve, draw, raster

__all__ = ["Sleeve", "draw", "raster"]
