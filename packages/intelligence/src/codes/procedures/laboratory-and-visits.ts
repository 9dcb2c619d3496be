/** Office visits and routine tests, in our own wording. 99201 was deleted on 2021-01-01. */
export const laboratoryAndVisits = `
36415 drawing venous blood
80047 basic metabolic panel with ionized calcium
80048 basic metabolic panel
80050 general health panel
80051 electrolyte panel
80053 comprehensive metabolic panel
80055 obstetric panel
80061 lipid panel
80069 renal function panel
80074 acute hepatitis panel
80076 hepatic function panel
81000 urinalysis, manual, with microscopy
81001 urinalysis, automated, with microscopy
81002 urinalysis, manual, without microscopy
81003 urinalysis, automated, without microscopy
82947 glucose
83036 hemoglobin A1c
85025 blood count with differential
85027 blood count
99201 new patient visit, level 1 @..2020-12-31
99202 new patient visit, level 2
99203 new patient visit, level 3
99204 new patient visit, level 4
99205 new patient visit, level 5
99211 established patient visit, level 1
99212 established patient visit, level 2
99213 established patient visit, level 3
99214 established patient visit, level 4
99215 established patient visit, level 5
99281 emergency department visit, level 1
99282 emergency department visit, level 2
99283 emergency department visit, level 3
99284 emergency department visit, level 4
99285 emergency department visit, level 5
`
