/** What is said of nodes that report nothing. */
export const noGatewayRuns = 'No gateway runs on this database'

/** @param name `host:process` */
export const hasNotReported = (name: string): string => `Node ${name} has not reported`
