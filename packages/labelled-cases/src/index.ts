export { caseTables, heldOutTables } from './case-tables.ts'
export { type ChartSketch, dayBefore, orderId, toBundle, encounterDay } from './chart-sketch.ts'
export type { CaseTable, LabelledCase } from './labelled-case.ts'
