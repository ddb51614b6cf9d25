extension KnownMethods {
  /// Before version 4.1 Transmission speaks a format of its own (`method`, `arguments`, `tag`).
  static let transmissionText = """
    @name
    torrent_get fields:a ids?:* format?:objects/table -> o | What is known of torrents
    torrent_add filename?:s metainfo?:s download_dir?:s paused?:b labels?:a peer_limit?:i cookies?:s -> o | Add a torrent
    torrent_remove ids:* delete_local_data?:b | Remove torrents
    torrent_set ids?:* labels?:a location?:s download_limit?:i upload_limit?:i seed_ratio_limit?:n | Change torrents
    torrent_set_location ids:* location:s move?:b | Move torrents
    torrent_rename_path ids:a path:s name:s -> o | Rename a file or folder of a torrent
    torrent_start ids?:* | Start torrents
    torrent_start_now ids?:* | Start torrents whatever the queue
    torrent_stop ids?:* | Stop torrents
    torrent_verify ids?:* | Check the data of torrents
    torrent_reannounce ids?:* | Ask the trackers again
    session_get fields?:a -> o | Settings
    session_set alt_speed_enabled?:b download_dir?:s speed_limit_down?:i speed_limit_up?:i | Change settings
    session_stats -> o | Statistics
    session_close | End the daemon
    blocklist_update -> o | Fetch the block list
    port_test ip_protocol?:ipv4/ipv6 -> o | Whether the port can be reached
    queue_move_top ids:* | Move torrents to the top
    queue_move_up ids:* | Move torrents up
    queue_move_down ids:* | Move torrents down
    queue_move_bottom ids:* | Move torrents to the bottom
    free_space path:s -> o | Room in a folder
    group_set name:s speed_limit_down?:i speed_limit_up?:i | Change a bandwidth group
    group_get group?:* -> o | Bandwidth groups
    """
}
