package dev.switchboard.loadtest.soak;

/**
 * The server at one moment.
 *
 * @param minute since the traffic began
 * @param heapBytes live objects, after a full collection
 * @param rssKilobytes memory of the process
 * @param threads of the system
 * @param files and sockets that are open
 * @param journalKilobytes on the disk
 * @param databaseKilobytes on the disk
 * @param open messages that are accepted and not finished
 * @param lag entries of the journal that are not in the database yet
 * @param accepted messages so far
 */
record Sample(
    double minute,
    long heapBytes,
    long rssKilobytes,
    long threads,
    long files,
    long journalKilobytes,
    long databaseKilobytes,
    long open,
    long lag,
    long accepted) {}
