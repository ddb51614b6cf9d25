extension KnownMethods {
  private static let zabbixObjects = [
    "action", "connector", "correlation", "dashboard", "discoveryrule", "drule", "graph",
    "graphprototype", "host", "hostgroup", "hostprototype", "httptest", "iconmap", "image", "item",
    "itemprototype", "maintenance", "map", "mediatype", "mfa", "module", "proxy", "proxygroup",
    "regexp", "report", "role", "script", "service", "sla", "template", "templatedashboard",
    "templategroup", "token", "trigger", "triggerprototype", "user", "userdirectory", "usergroup",
    "usermacro", "valuemap",
  ]

  private static let zabbixOwn = """
    apiinfo.version -> s | Version of the interface
    user.login username:s password:s userData?:b -> * | Log in
    user.logout -> b | Log out
    user.checkAuthentication sessionid?:s token?:s extend?:b -> o | Whether a session is valid
    event.get eventids?:* hostids?:* output?:* time_from?:i time_till?:i limit?:i -> a | Events
    event.acknowledge eventids:* action:i message?:s -> o | Acknowledge events
    history.get itemids?:* history?:i output?:* time_from?:i time_till?:i sortfield?:* limit?:i -> a | Values over time
    history.push data:a -> o | Write values
    trend.get itemids?:* time_from?:i time_till?:i output?:* limit?:i -> a | Trends
    problem.get eventids?:* hostids?:* severities?:* recent?:b output?:* limit?:i -> a | Problems
    alert.get alertids?:* output?:* limit?:i -> a | Alerts
    hostinterface.get hostids?:* output?:* -> a | Interfaces of hosts
    hostgroup.massadd groups:* hosts?:* -> o | Add hosts to groups
    configuration.export format:yaml/xml/json options:o -> s | Export a configuration
    configuration.import format:yaml/xml/json source:s rules:o -> b | Import a configuration
    script.execute scriptid:s hostid?:s eventid?:s -> o | Run a script
    settings.get output?:* -> o | Settings
    task.create type:* request:o -> o | Make a task
    auditlog.get output?:* time_from?:i time_till?:i limit?:i -> a | Audit log
    """

  static var zabbixText: String {
    let common = zabbixObjects.flatMap { object in
      [
        "\(object).get output?:* filter?:o search?:o limit?:i sortfield?:* countOutput?:b -> * "
          + "| Find objects of this kind", "\(object).create ... | Make one",
        "\(object).update ... | Change one", "\(object).delete ids...:s -> o | Delete some",
      ]
    }
    return "@either\n" + zabbixOwn + "\n" + common.joined(separator: "\n")
  }
}
