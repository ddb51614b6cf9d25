extension KnownMethods {
  /// With `--rpc-secret` a first param `token:SECRET` comes before those here.
  static let aria2Text = """
    @position
    aria2.addUri uris:a options?:o position?:i -> gid:s | Download from these URIs of one file
    aria2.addTorrent torrent:s uris?:a options?:o position?:i -> gid:s | Download a torrent (Base64)
    aria2.addMetalink metalink:s options?:o position?:i -> gids:a | Download a Metalink (Base64)
    aria2.remove gid:s -> gid:s | Remove a download
    aria2.forceRemove gid:s -> gid:s | Remove a download at once
    aria2.pause gid:s -> gid:s | Pause a download
    aria2.pauseAll -> s | Pause every download
    aria2.forcePause gid:s -> gid:s | Pause a download at once
    aria2.forcePauseAll -> s | Pause every download at once
    aria2.unpause gid:s -> gid:s | Go on with a download
    aria2.unpauseAll -> s | Go on with every download
    aria2.tellStatus gid:s keys?:a -> o | How a download is doing
    aria2.getUris gid:s -> a | URIs of a download
    aria2.getFiles gid:s -> a | Files of a download
    aria2.getPeers gid:s -> a | Peers of a BitTorrent download
    aria2.getServers gid:s -> a | Servers that a download is connected to
    aria2.tellActive keys?:a -> a | Active downloads
    aria2.tellWaiting offset:i num:i keys?:a -> a | Waiting and paused downloads
    aria2.tellStopped offset:i num:i keys?:a -> a | Stopped downloads
    aria2.changePosition gid:s pos:i how:POS_SET/POS_CUR/POS_END -> i | Move a download in the queue
    aria2.changeUri gid:s fileIndex:i delUris:a addUris:a position?:i -> a | Change the URIs of a file
    aria2.getOption gid:s -> o | Options of a download
    aria2.changeOption gid:s options:o -> s | Change options of a download
    aria2.getGlobalOption -> o | Global options
    aria2.changeGlobalOption options:o -> s | Change global options
    aria2.getGlobalStat -> o | Overall speed and counts
    aria2.purgeDownloadResult -> s | Forget finished downloads
    aria2.removeDownloadResult gid:s -> s | Forget a finished download
    aria2.getVersion -> o | Version and features
    aria2.getSessionInfo -> o | The session's id
    aria2.shutdown -> s | End aria2
    aria2.forceShutdown -> s | End aria2 at once
    aria2.saveSession -> s | Save the session to its file
    system.multicall methods:a -> a | Several calls in one
    system.listMethods -> a | Names of all methods
    system.listNotifications -> a | Names of all notifications
    """
}
