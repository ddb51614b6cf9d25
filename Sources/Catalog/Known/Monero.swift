extension KnownMethods {
  static let moneroText = """
    @name
    get_block_count -> o | Number of blocks of the longest chain
    on_get_block_hash height...:i -> s | Hash of the block at a height (by position)
    get_block_template wallet_address:s reserve_size:i prev_block?:s -> o | A template to mine on
    submit_block blob...:s -> o | Submit a mined block (by position)
    generateblocks amount_of_blocks:i wallet_address:s starting_nonce?:i prev_block?:s -> o | Mine blocks on a test chain
    get_last_block_header fill_pow_hash?:b -> o | Header of the newest block
    get_block_header_by_hash hash:s hashes?:a fill_pow_hash?:b -> o | Header of a block
    get_block_header_by_height height:i fill_pow_hash?:b -> o | Header of a block
    get_block_headers_range start_height:i end_height:i fill_pow_hash?:b -> o | Headers of several blocks
    get_block height?:i hash?:s fill_pow_hash?:b -> o | A block
    get_connections -> o | Peers
    get_info -> o | State of the node and the network
    hard_fork_info version?:i -> o | The hard fork's state
    set_bans bans:a -> o | Ban peers
    get_bans -> o | Banned peers
    banned address:s -> o | Whether a peer is banned
    flush_txpool txids?:a -> o | Empty the pool of transactions
    get_output_histogram amounts:a min_count?:i max_count?:i unlocked?:b recent_cutoff?:i -> o | Histogram of outputs
    get_output_distribution amounts:a cumulative?:b from_height?:i to_height?:i binary?:b compress?:b -> o | Outputs over heights
    get_coinbase_tx_sum height:i count:i -> o | Coins made and fees paid
    get_version -> o | Version of the interface
    get_fee_estimate grace_blocks?:i -> o | Fee per byte
    get_alternate_chains -> o | Other chains that were seen
    relay_tx txids:a -> o | Relay transactions
    sync_info -> o | How far synchronisation is
    get_txpool_backlog -> o | Backlog of the pool
    get_miner_data -> o | What a miner needs
    prune_blockchain check?:b -> o | Prune the chain
    flush_cache bad_txs?:b bad_blocks?:b -> o | Forget bad transactions and blocks
    rpc_access_info client:s -> o | Terms of paid access
    set_daemon address?:s trusted?:b ssl_support?:s -> o | Wallet: connect to a daemon
    get_balance account_index:i address_indices?:a all_accounts?:b strict?:b -> o | Wallet: the balance
    get_address account_index:i address_index?:a -> o | Wallet: addresses of an account
    get_address_index address:s -> o | Wallet: an address's place
    create_address account_index:i label?:s count?:i -> o | Wallet: make an address
    label_address index:o label:s -> o | Wallet: name an address
    validate_address address:s any_net_type?:b allow_openalias?:b -> o | Wallet: whether an address is valid
    get_accounts tag?:s strict_balances?:b -> o | Wallet: accounts
    create_account label?:s -> o | Wallet: make an account
    label_account account_index:i label:s -> o | Wallet: name an account
    get_height -> o | Wallet: its height
    transfer destinations:a account_index?:i subaddr_indices?:a priority?:i ring_size?:i unlock_time?:i get_tx_key?:b do_not_relay?:b get_tx_hex?:b get_tx_metadata?:b -> o | Wallet: send
    transfer_split destinations:a account_index?:i subaddr_indices?:a priority?:i ring_size?:i unlock_time?:i get_tx_keys?:b do_not_relay?:b get_tx_hex?:b get_tx_metadata?:b -> o | Wallet: send in several transactions
    sweep_all address:s account_index?:i subaddr_indices?:a priority?:i do_not_relay?:b -> o | Wallet: send everything
    sweep_single address:s key_image:s priority?:i do_not_relay?:b -> o | Wallet: send one output
    sign_transfer unsigned_txset:s -> o | Wallet: sign
    submit_transfer tx_data_hex:s -> o | Wallet: submit what was signed
    store -> o | Wallet: save the file
    get_payments payment_id:s -> o | Wallet: payments with an id
    get_bulk_payments payment_ids:a min_block_height:i -> o | Wallet: payments with these ids
    incoming_transfers transfer_type:all/available/unavailable account_index?:i subaddr_indices?:a -> o | Wallet: received
    query_key key_type:mnemonic/view_key/spend_key -> o | Wallet: show a key
    make_integrated_address standard_address?:s payment_id?:s -> o | Wallet: an address with an id
    split_integrated_address integrated_address:s -> o | Wallet: take one apart
    stop_wallet -> o | Wallet: save and end
    rescan_blockchain hard?:b -> o | Wallet: read the chain again
    set_tx_notes txids:a notes:a -> o | Wallet: write notes
    get_tx_notes txids:a -> o | Wallet: notes
    get_transfers in?:b out?:b pending?:b failed?:b pool?:b filter_by_height?:b min_height?:i max_height?:i account_index?:i -> o | Wallet: transfers
    get_transfer_by_txid txid:s account_index?:i -> o | Wallet: a transfer
    sign data:s account_index?:i address_index?:i -> o | Wallet: sign a text
    verify data:s address:s signature:s -> o | Wallet: check a signature
    export_outputs all?:b -> o | Wallet: export outputs
    import_outputs outputs_data_hex:s -> o | Wallet: import outputs
    export_key_images all?:b -> o | Wallet: export key images
    import_key_images signed_key_images:a offset?:i -> o | Wallet: import key images
    make_uri address:s amount?:i payment_id?:s recipient_name?:s tx_description?:s -> o | Wallet: a payment's URI
    parse_uri uri:s -> o | Wallet: read a payment's URI
    get_address_book entries:a -> o | Wallet: address book
    add_address_book address:s payment_id?:s description?:s -> o | Wallet: add to the address book
    delete_address_book index:i -> o | Wallet: delete from the address book
    refresh start_height?:i -> o | Wallet: refresh
    auto_refresh enable:b period?:i -> o | Wallet: refresh by itself
    get_languages -> o | Wallet: languages of the seed
    create_wallet filename:s password?:s language:s -> o | Wallet: make one
    open_wallet filename:s password?:s -> o | Wallet: open one
    close_wallet -> o | Wallet: close it
    change_wallet_password old_password?:s new_password?:s -> o | Wallet: change its password
    """
}
