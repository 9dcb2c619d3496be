import { defineCommand, UsageError } from '../command.ts'
import { configOption } from '../database-command.ts'
import { parsePractice } from '../parse-practices.ts'

export const ehrCheck = defineCommand({
  name: 'ehr-check',
  description: `Checks everything that the gateway will ask of the configured EHR, for one patient, with a verdict for each line and how to fix it.
Exit code 0: nothing failed; 1: something failed.`,
  positionals: [],
  options: {
    practice: {
      type: 'string',
      required: true,
      placeholder: 'ID',
      description: 'the practice of the patient',
    },
    patient: {
      type: 'string',
      required: true,
      placeholder: 'ID',
      description: 'a patient of the EHR, preferably a test patient',
    },
    encounter: {
      type: 'string',
      placeholder: 'ID',
      description: 'an encounter of the patient, to check also what depends on an encounter',
    },
    'write-test': {
      type: 'boolean',
      default: false,
      description: 'write one test document to the chart; needs --encounter',
    },
    json: {
      type: 'boolean',
      default: false,
      description: 'print one JSON object instead of lines',
    },
    ...configOption,
  },
  examples: [
    'authscript ehr-check --practice 195900 --patient a-195900.E-60178',
    'authscript ehr-check --practice 195900 --patient a-195900.E-60178 --encounter E1 --write-test --json',
  ],
  async run(values, _positionals, terminal) {
    if (values['write-test'] && values.encounter === undefined) {
      throw new UsageError('--write-test needs --encounter')
    }
    const practiceId = parsePractice(values.practice)
    // Loaded only now, so that the help does not wait for the code that calls an EHR.
    const { runEhrCheck } = await import('../run-ehr-check.ts')
    return runEhrCheck(
      {
        practiceId,
        patientId: values.patient,
        encounterId: values.encounter,
        writeTest: values['write-test'],
        json: values.json,
        configFile: values.config,
      },
      terminal,
    )
  },
})
