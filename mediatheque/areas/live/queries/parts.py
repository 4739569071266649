"""How the guide spells programmes and channels as JSON, in SQL; entries ``p``, channels ``c``."""

from __future__ import annotations

from typing import Final

from mediatheque.areas.entitlements.queries import entitled

# Null, empty and false are left out. concat() skips nulls, || is null with one.
PROGRAMME: Final = """concat(
    '{"id":"', p.id, '","start":', to_json(p.start_at), ',"stop":', to_json(p.stop_at),
    ',"title":', to_json(p.title), ',"sub_title":' || to_json(p.sub_title)::text,
    ',"season":' || p.season, ',"episode":' || p.episode,
    CASE WHEN p.genres <> '{}' THEN ',"genres":' || to_json(p.genres)::text END,
    ',"min_age":' || p.min_age, ',"icon":' || to_json(p.icon_url)::text,
    ',"title_id":"' || p.title_id || '"',
    CASE WHEN p.is_new THEN ',"is_new"\\:true' END,
    CASE WHEN p.is_premiere THEN ',"is_premiere"\\:true' END,
    CASE WHEN p.is_repeat THEN ',"is_repeat"\\:true' END, '}')"""
CHANNEL: Final = """
    '{"id":"', c.id, '","name":', to_json(c.name), ',"number":' || to_json(c.number)::text,
    ',"logo":' || to_json(c.logo_url)::text,
    CASE WHEN starts_with(c.stream_url, 'http') THEN ',"is_playable"\\:true' END"""
ENTITLED: Final = f"""CASE WHEN NOT {entitled("c.package_id")} THEN ',"is_entitled"\\:false' END"""
GENRES: Final = """
    (SELECT ',"genres":' || json_agg(g.genre ORDER BY g.genre)::text
     FROM live_channel_genres g WHERE g.space_id = c.space_id AND g.channel_id = c.id)"""
