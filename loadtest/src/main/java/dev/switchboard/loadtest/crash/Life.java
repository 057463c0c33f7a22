package dev.switchboard.loadtest.crash;

/**
 * One life of the server, or of its PostgreSQL.
 *
 * @param killedAt seconds since the kills began
 * @param victim what was killed
 * @param starting whether the server had not answered yet
 * @param accepted messages that were answered by then, of all lives
 */
record Life(double killedAt, String victim, boolean starting, int accepted) {}
