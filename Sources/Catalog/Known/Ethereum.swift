extension KnownMethods {
  /// Blocks are named by a hexadecimal number or a tag such as `latest`.
  static let ethereumText = """
    @position
    eth_accounts -> a | Addresses that the node holds keys for
    eth_blobBaseFee -> s | Base fee per blob gas, in wei
    eth_blockNumber -> s | Number of the newest block
    eth_call transaction:o block?:s stateOverrides?:o blockOverrides?:o -> s | Run a call without a transaction
    eth_chainId -> s | The chain's id
    eth_coinbase -> s | Address that block rewards go to
    eth_createAccessList transaction:o block?:s -> o | The access list that a transaction would use
    eth_estimateGas transaction:o block?:s stateOverrides?:o -> s | Gas that a transaction would take
    eth_feeHistory blockCount:s newestBlock:s rewardPercentiles?:a -> o | Base fees and tips of past blocks
    eth_gasPrice -> s | Gas price, in wei
    eth_getBalance address:s block?:s -> s | Balance of an account, in wei
    eth_getBlockByHash hash:s fullTransactions:b -> o | A block by its hash
    eth_getBlockByNumber block:s fullTransactions:b -> o | A block by its number or tag
    eth_getBlockReceipts block:s -> a | Receipts of all transactions of a block
    eth_getBlockTransactionCountByHash hash:s -> s | Number of transactions in a block
    eth_getBlockTransactionCountByNumber block:s -> s | Number of transactions in a block
    eth_getCode address:s block?:s -> s | Code at an address
    eth_getFilterChanges filterId:s -> a | What a filter found since it was last asked
    eth_getFilterLogs filterId:s -> a | All logs that match a filter
    eth_getLogs filter:o -> a | Logs that match a filter
    eth_getProof address:s storageKeys:a block?:s -> o | An account with its Merkle proof
    eth_getStorageAt address:s slot:s block?:s -> s | A storage slot's value
    eth_getTransactionByBlockHashAndIndex hash:s index:s -> o | A transaction by its place in a block
    eth_getTransactionByBlockNumberAndIndex block:s index:s -> o | A transaction by its place in a block
    eth_getTransactionByHash hash:s -> o | A transaction by its hash
    eth_getTransactionCount address:s block?:s -> s | Number of transactions sent from an address (the nonce)
    eth_getTransactionReceipt hash:s -> o | A transaction's receipt
    eth_getUncleCountByBlockHash hash:s -> s | Number of uncles of a block
    eth_getUncleCountByBlockNumber block:s -> s | Number of uncles of a block
    eth_maxPriorityFeePerGas -> s | A tip that should do, in wei
    eth_mining -> b | Whether the node mines
    eth_newBlockFilter -> s | A filter that tells new blocks
    eth_newFilter filter:o -> s | A filter that tells logs
    eth_newPendingTransactionFilter -> s | A filter that tells pending transactions
    eth_protocolVersion -> s | Version of the Ethereum protocol
    eth_sendRawTransaction transaction:s -> s | Send a signed transaction
    eth_sendTransaction transaction:o -> s | Sign and send a transaction
    eth_sign address:s data:s -> s | Sign data with an account's key
    eth_signTransaction transaction:o -> o | Sign a transaction without sending it
    eth_simulateV1 payload:o block?:s -> a | Run calls over several blocks
    eth_subscribe kind:newHeads/logs/newPendingTransactions/syncing options?:* -> s | Be notified (not over HTTP)
    eth_syncing -> * | False, or how far the node is
    eth_uninstallFilter filterId:s -> b | Remove a filter
    eth_unsubscribe subscriptionId:s -> b | Stop being notified
    net_listening -> b | Whether the node takes peers
    net_peerCount -> s | Number of peers
    net_version -> s | The network's id
    web3_clientVersion -> s | Name and version of the node
    web3_sha3 data:s -> s | Keccak-256 of data
    rpc_modules -> o | The name spaces that are on
    txpool_content -> o | Pending and queued transactions
    txpool_contentFrom address:s -> o | An account's pending and queued transactions
    txpool_inspect -> o | Pending and queued transactions in short
    txpool_status -> o | Number of pending and queued transactions
    admin_addPeer url:s -> b | Connect to a peer
    admin_datadir -> s | The node's data folder
    admin_nodeInfo -> o | The node's own address and protocols
    admin_peers -> a | Connected peers
    admin_removePeer url:s -> b | Disconnect a peer
    debug_getBadBlocks -> a | Invalid blocks that were seen
    debug_getRawBlock block:s -> s | A block as RLP
    debug_getRawHeader block:s -> s | A header as RLP
    debug_getRawReceipts block:s -> a | Receipts as RLP
    debug_getRawTransaction hash:s -> s | A transaction as RLP
    debug_storageRangeAt blockHash:s txIndex:i address:s start:s limit:i -> o | Part of a contract's storage
    debug_traceBlockByHash hash:s options?:o -> a | Trace every transaction of a block
    debug_traceBlockByNumber block:s options?:o -> a | Trace every transaction of a block
    debug_traceCall transaction:o block:s options?:o -> o | Trace a call
    debug_traceTransaction hash:s options?:o -> o | Trace a transaction
    engine_exchangeCapabilities methods:a -> a | Engine methods that both sides know
    """
}
