"""A network tuner, as HDHomeRun devices answer: for Plex, Jellyfin and Emby. Off by default.

Clients obey ``TunerCount``: it is the limit of streams of the player's owner.
"""

from __future__ import annotations

import hashlib
from typing import Any
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from mediatheque.areas.watch.routes.holders import Asking, Holding
from mediatheque.areas.watch.routes.outputs import playable
from mediatheque.areas.watch.routes.parts import base_of
from mediatheque.core.flags import HDHOMERUN
from mediatheque.core.http.client import Client
from mediatheque.kit.errors import NotFoundError

router = APIRouter(prefix="/hdhr/{space}/{token}")

MODEL = "HDTC-2US"
FIRMWARE = "hdhomeruntc_atsc"
UNLIMITED = 16


def _device(request: Request, asking: Asking) -> dict[str, Any]:
    """The tuner; nothing where the space or the player has none."""
    if not (asking.holder.is_tuner and HDHOMERUN.is_on(asking.ctx)):
        raise NotFoundError
    base = base_of(request) + asking.base.replace("/tv/", "/hdhr/", 1)
    number = hashlib.sha256(asking.holder.player_id.bytes).hexdigest()[:8].upper()
    return {
        "FriendlyName": f"Mediatheque {asking.holder.name}",
        "Manufacturer": "Mediatheque",
        "ModelNumber": MODEL,
        "FirmwareName": FIRMWARE,
        "FirmwareVersion": "20200101",
        "DeviceID": number,
        "DeviceAuth": "mediatheque",
        "BaseURL": base,
        "LineupURL": f"{base}/lineup.json",
        "TunerCount": Client.of(request).settings.streams_per_user or UNLIMITED,
    }


@router.get("/discover.json")
async def discover(request: Request, asking: Holding) -> dict[str, Any]:
    """What the device is."""
    return _device(request, asking)


@router.get("/lineup_status.json")
async def lineup_status(request: Request, asking: Holding) -> dict[str, Any]:
    """No scan is running: the channels are those that are there."""
    _device(request, asking)
    return {"ScanInProgress": 0, "ScanPossible": 1, "Source": "Cable", "SourceList": ["Cable"]}


@router.get("/lineup.json")
async def lineup(request: Request, asking: Holding) -> list[dict[str, str]]:
    """The channels with their numbers and addresses."""
    _device(request, asking)
    base = base_of(request) + asking.base
    return [
        {
            "GuideNumber": one.number or str(place),
            "GuideName": one.name,
            "URL": f"{base}/channel/{one.id}.m3u8",
        }
        for place, one in enumerate(await playable(asking), 1)
    ]


@router.post("/lineup.post", status_code=200)
async def scan(request: Request, asking: Holding) -> Response:
    """A scan finds what is there."""
    _device(request, asking)
    return Response()


@router.get("/device.xml")
async def describe(request: Request, asking: Holding) -> Response:
    """The device as UPnP describes one."""
    device = _device(request, asking)
    said = {name: escape(str(value)) for name, value in device.items()}
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<root xmlns="urn:schemas-upnp-org:device-1-0">'
        "<specVersion><major>1</major><minor>0</minor></specVersion>"
        f"<URLBase>{said['BaseURL']}</URLBase><device>"
        "<deviceType>urn:schemas-upnp-org:device:MediaServer:1</deviceType>"
        f"<friendlyName>{said['FriendlyName']}</friendlyName>"
        f"<manufacturer>{said['Manufacturer']}</manufacturer>"
        f"<modelName>{said['ModelNumber']}</modelName>"
        f"<modelNumber>{said['ModelNumber']}</modelNumber>"
        f"<serialNumber>{said['DeviceID']}</serialNumber>"
        f"<UDN>uuid:{asking.holder.player_id}</UDN></device></root>\n",
        media_type="application/xml",
    )
