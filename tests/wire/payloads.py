"""How the small Discord writes what it knows, as the real one does."""

from typing import Any

from tests.wire.state import BOT, STAFF, Channel, Discord, Guild, Message

VIEW, SEND, EMBED, FILES, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
EVERYBODY_MAY = VIEW | SEND | EMBED | FILES | HISTORY
ADMINISTRATOR = 1 << 3


def user(user_id: int) -> dict[str, Any]:
    return {
        "id": str(user_id),
        "username": "attache" if user_id == BOT else "lin",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": user_id == BOT,
    }


def member(user_id: int) -> dict[str, Any]:
    return {"user": user(user_id), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False,
            "mute": False, "flags": 0}  # fmt: skip


def channel(each: Channel) -> dict[str, Any]:
    if each.person is not None:
        return {"id": str(each.id), "type": 1, "recipients": [user(each.person)], "last_message_id": None}
    closed = {"id": str(each.guild_id), "type": 0, "allow": "0", "deny": str(SEND)}
    return {
        "id": str(each.id),
        "type": 0,
        "guild_id": str(each.guild_id),
        "name": each.name,
        "position": 0,
        "permission_overwrites": [] if each.writable else [closed],
        "nsfw": False,
        "parent_id": None,
        "topic": None,
    }


def guild(discord: Discord, each: Guild) -> dict[str, Any]:
    everyone = {"id": str(each.id), "name": "@everyone", "color": 0, "hoist": False, "position": 0,
                "permissions": str(EVERYBODY_MAY), "managed": False, "mentionable": False}  # fmt: skip
    return {
        "id": str(each.id),
        "name": each.name,
        "owner_id": str(STAFF),
        "roles": [everyone],
        "channels": [channel(one) for one in discord.channels_of(each)],
        "members": [member(BOT)],
        "member_count": 2,
        "emojis": [],
        "stickers": [],
        "features": [],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "icon": None,
        "splash": None,
        "unavailable": False,
        "large": False,
        "joined_at": "2026-01-01T00:00:00+00:00",
    }


def message(each: Message) -> dict[str, Any]:
    return {
        "id": str(each.id),
        "channel_id": str(each.channel_id),
        "author": user(BOT),
        "content": each.body.get("content") or "",
        "timestamp": each.at.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [{"type": "rich", **embed} for embed in each.body.get("embeds") or ()],
        "components": each.body.get("components") or [],
        "pinned": False,
        "type": 0,
        "flags": each.body.get("flags") or 0,
        "nonce": each.nonce,
    }


def interaction(
    discord: Discord, where: Channel, kind: int, data: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """What the one person there is does in a channel: `kind` 2 is a command, 3 a button, 5 a form."""
    return {
        "id": str(discord.new_id()),
        "application_id": str(BOT),
        "type": kind,
        "token": f"token{discord.new_id()}",
        "version": 1,
        "guild_id": str(where.guild_id),
        "channel_id": str(where.id),
        "channel": channel(where) | {"permissions": str(ADMINISTRATOR)},
        "member": member(STAFF) | {"permissions": str(ADMINISTRATOR)},
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": str(EVERYBODY_MAY),
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(where.guild_id)},
        "context": 0,
        "attachment_size_limit": 10_485_760,
        "data": data,
        **more,
    }
