/**
 * Given on the command line at every start, so that a directory made by an earlier release gets the settings of this one.
 *
 * Durable first: a commit is on the disk before it is acknowledged. Small second: the server shares its machine with the application.
 */
export function serverSettings(maxConnections: number): readonly string[] {
  const settings = {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // The supervisor restarts the server, with its delays and reports. When the disk is full, PostgreSQL's own restart can end with a
    // server that refuses every connection permanently, also once there is space again.
    restart_after_crash: 'off',
    listen_addresses: '',
    // Relative to the data folder: as private as that (mode 700), and never too long for the kernel.
    unix_socket_directories: '.',
    unix_socket_permissions: '0700',
    port: serverPort,
    max_connections: maxConnections,
    shared_buffers: '32MB',
    max_worker_processes: 4,
    max_parallel_workers: 0,
    max_parallel_workers_per_gather: 0,
    max_parallel_maintenance_workers: 0,
    autovacuum_max_workers: 2,
    io_method: 'sync',
    jit: 'off',
    max_logical_replication_workers: 0,
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    wal_compression: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // `log` ranks above `error` here: the client reports statements that fail, and their details may be confidential.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Only part of the socket file's name: nothing listens on the network. */
export const serverPort = 5432
