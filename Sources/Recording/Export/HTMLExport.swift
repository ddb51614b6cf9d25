import JSONRPC
import LosslessJSON
import Session
import Wire

/// One page for a browser: everything in it, searchable, without a network.
public enum HTMLExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "html" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "html" }
  /// One line about it.
  public static var summary: String {
    "one searchable page that needs no network (FILE.html#status:error opens it searched)"
  }

  /// The page.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    let title = escaped(session.header.target.isEmpty ? "Session" : session.header.target)
    text.line("<!DOCTYPE html>")
    text.line("<html lang=\"en\"><head><meta charset=\"utf-8\">")
    // Nothing may be loaded, whatever a server put into its replies.
    text.line(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">")
    text.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    text.line("<title>\(title)</title>")
    text.line("<style>\(HTMLPage.style)</style></head><body>")
    text.line("<header><h1>\(title)</h1>")
    text.line(
      "<p>\(session.exchanges.count) exchanges, recorded by \(escaped(session.header.program))"
        + (session.header.startedAt > 0
          ? " on <time>\(CivilTime(session.header.startedAt).text)</time>" : "") + ".</p>")
    text.line(
      "<p><input id=\"search\" type=\"search\" placeholder=\"Search: words, status:error, "
        + "method:name*, !not\" aria-label=\"Search\" autofocus> <output id=\"count\"></output></p></header>"
    )
    text.line("<main>")
    for exchange in session.exchanges.map(\.exchange) { write(exchange, &text) }
    text.line("</main>")
    text.line("<script>\(HTMLPage.script)</script></body></html>")
    return text.bytes
  }

  private static func write(_ exchange: Exchange, _ text: inout FileText) {
    let status = ExchangeStatus(exchange)
    let method = exchange.method ?? exchange.kind.word
    text.add(
      "<details class=\"\(status.rawValue)\" data-status=\"\(status.rawValue)\" "
        + "data-method=\"\(escaped(method))\"><summary><span>\(exchange.number)</span> ")
    text.add(exchange.kind.isIncoming ? "<b>&larr;</b> " : "<b>&rarr;</b> ")
    text.add("<code>\(escaped(method))</code> <i>\(status.rawValue)</i>")
    if let code = exchange.response?.code { text.add(" <i>\(code)</i>") }
    if let head = exchange.head { text.add(" <small>HTTP \(head.status)</small>") }
    if let took = exchange.duration { text.add(" <small>\(Double(took.micros) / 1000) ms</small>") }
    if let worst = exchange.worstFinding {
      text.add(" <mark class=\"\(worst.rawValue)\">\(exchange.findings.count)</mark>")
    }
    let preview = preview(exchange)
    if !preview.isEmpty { text.add(" <small class=\"preview\">\(escaped(preview))</small>") }
    text.line("</summary>")
    if exchange.startedAt > 0 { text.line("<time>\(CivilTime(exchange.startedAt).text)</time>") }
    for finding in exchange.findings {
      text.line(
        "<p class=\"finding\"><mark class=\"\(finding.severity.rawValue)\">"
          + "\(escaped(finding.rule))</mark> \(escaped(finding.message))</p>")
    }
    if !exchange.kind.isIncoming, !exchange.request.isEmpty {
      block("Request", exchange.request, &text)
    }
    for received in exchange.messages {
      block(exchange.kind.isIncoming ? "Message" : "Reply", received.frame.bytes, &text)
    }
    if let answer = exchange.answer { block("Answer", answer, &text) }
    if !exchange.stderr.isEmpty { block("Standard error", exchange.stderr, &text) }
    if let head = exchange.head, !head.headers.isEmpty {
      let lines = head.headers.map { "\($0.name): \($0.value)" }
      block("Headers", Array(lines.joined(separator: "\n").utf8), &text)
    }
    text.line("</details>")
  }

  /// The beginning of the params, or of what there is instead.
  private static func preview(_ exchange: Exchange) -> String {
    let bytes =
      exchange.request.isEmpty ? exchange.messages.first?.frame.bytes ?? [] : exchange.request
    let params = (try? JSON(reading: bytes)).flatMap { json -> [UInt8]? in
      exchange.method == nil ? nil : json["params"].map { Array($0.bytes) } ?? []
    }
    let shown = (params ?? bytes).prefix(120).map { $0 < 0x20 ? 0x20 : $0 }
    // A character may be cut in two.
    return VisibleText.text(String(decoding: shown, as: UTF8.self)).filter { $0 != "\u{FFFD}" }
  }

  private static func block(_ title: String, _ bytes: [UInt8], _ text: inout FileText) {
    let shown = (try? JSON(reading: bytes)).map { JSONFormatter().bytes($0) } ?? bytes
    text.line("<h2>\(title)</h2>")
    text.line("<pre>\(HTMLText.escaped(VisibleText.text(shown)))</pre>")
  }

  /// A text as HTML, with control and direction characters made visible.
  static func escaped(_ text: String) -> String { HTMLText.escaped(VisibleText.text(text)) }
}

/// What is the same in every page.
enum HTMLPage {
  static let style = """
    :root{color-scheme:light dark;font:15px/1.45 system-ui,sans-serif}
    body{margin:0 auto;max-width:70rem;padding:0 1rem 4rem}
    header{position:sticky;top:0;background:Canvas;border-bottom:1px solid GrayText;z-index:1}
    h1{font-size:1.2rem;overflow-wrap:anywhere;margin:.6rem 0}
    h2{font-size:.85rem;margin:.8rem 0 .2rem;color:GrayText}
    input{font:inherit;width:min(40rem,80%);padding:.3rem .5rem}
    details{border-bottom:1px solid color-mix(in srgb,GrayText 30%,transparent);padding:.25rem 0}
    summary{cursor:pointer;overflow-wrap:anywhere}
    summary span{display:inline-block;min-width:3rem;color:GrayText}
    pre{background:color-mix(in srgb,GrayText 12%,transparent);padding:.6rem;margin:0;
    overflow:auto;max-height:40rem;white-space:pre-wrap;overflow-wrap:anywhere}
    mark{padding:0 .35rem;border-radius:.3rem;background:#8884;color:inherit}
    mark.error{background:#d334}mark.warning{background:#da34}
    .error>summary i,.failed>summary i,.invalid>summary i,.timeout>summary i{color:#d33}
    .ok>summary i{color:#283}
    .preview{color:GrayText;font-family:ui-monospace,monospace}
    [hidden]{display:none}
    """

  static let script = """
    const search=document.getElementById('search'),count=document.getElementById('count');
    const items=[...document.querySelectorAll('details')];
    const texts=items.map(item=>item.textContent.toLowerCase());
    function fits(item,text,word){
    const not=word.length>1&&word[0]==='!';if(not)word=word.slice(1);
    const at=word.indexOf(':'),key=at>0?word.slice(0,at):'',value=word.slice(at+1);
    let holds;
    if(key==='status')holds=value.split('|').includes(item.dataset.status);
    else if(key==='method'){const rule=value.split('|').map(part=>part.split('*').map(piece=>
    piece.replace(/[.*+?^${}()|[\\]\\\\]/g,'\\\\$&')).join('.*')).join('|');
    holds=new RegExp('^(?:'+rule+')$','i').test(item.dataset.method);}
    else holds=text.includes(word);
    return holds!==not;}
    function update(){
    const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean);let shown=0;
    items.forEach((item,place)=>{const isShown=words.every(word=>fits(item,texts[place],word));
    item.hidden=!isShown;if(isShown)shown++;});
    count.textContent=shown+' of '+items.length;}
    function open(){
    try{search.value=decodeURIComponent(location.hash.slice(1));}catch{search.value='';}
    update();}
    search.addEventListener('input',()=>{update();
    try{history.replaceState(null,'','#'+encodeURIComponent(search.value));}catch{}});
    addEventListener('hashchange',open);open();
    """
}
