/**
 * Imaging, in our own wording because CPT's descriptors belong to the AMA. Unknown first days are left out.
 *
 * Source: numbers from public fee schedules and coverage articles, from memory. A missing row means unknown, not
 * invalid.
 */
export const imaging = `
70450 CT head without contrast
70460 CT head with contrast
70470 CT head without and with contrast
70480 CT orbit, sella or ear without contrast
70481 CT orbit, sella or ear with contrast
70482 CT orbit, sella or ear without and with contrast
70486 CT face without contrast
70487 CT face with contrast
70488 CT face without and with contrast
70490 CT neck soft tissue without contrast
70491 CT neck soft tissue with contrast
70492 CT neck soft tissue without and with contrast
70496 CT angiography head
70498 CT angiography neck
70336 MRI jaw joint
70540 MRI orbit, face or neck without contrast
70542 MRI orbit, face or neck with contrast
70543 MRI orbit, face or neck without and with contrast
70544 MR angiography head without contrast
70545 MR angiography head with contrast
70546 MR angiography head without and with contrast
70547 MR angiography neck without contrast
70548 MR angiography neck with contrast
70549 MR angiography neck without and with contrast
70551 MRI brain without contrast
70552 MRI brain with contrast
70553 MRI brain without and with contrast
71045 chest radiograph, one view @2018-01-01
71046 chest radiograph, two views @2018-01-01
71047 chest radiograph, three views @2018-01-01
71048 chest radiograph, four or more views @2018-01-01
71250 CT chest without contrast
71260 CT chest with contrast
71270 CT chest without and with contrast
71271 low-dose CT for lung cancer screening @2021-01-01
71275 CT angiography chest
71550 MRI chest without contrast
71551 MRI chest with contrast
71552 MRI chest without and with contrast
71555 MR angiography chest
72100 lumbar spine radiograph, two or three views
72110 lumbar spine radiograph, four or more views
72114 lumbar spine radiograph, six or more views with bending
72120 lumbar spine radiograph, bending views
72125 CT cervical spine without contrast
72126 CT cervical spine with contrast
72127 CT cervical spine without and with contrast
72128 CT thoracic spine without contrast
72129 CT thoracic spine with contrast
72130 CT thoracic spine without and with contrast
72131 CT lumbar spine without contrast
72132 CT lumbar spine with contrast
72133 CT lumbar spine without and with contrast
72141 MRI cervical spine without contrast
72142 MRI cervical spine with contrast
72146 MRI thoracic spine without contrast
72147 MRI thoracic spine with contrast
72148 MRI lumbar spine without contrast
72149 MRI lumbar spine with contrast
72156 MRI cervical spine without and with contrast
72157 MRI thoracic spine without and with contrast
72158 MRI lumbar spine without and with contrast
72159 MR angiography spinal canal
72191 CT angiography pelvis
72192 CT pelvis without contrast
72193 CT pelvis with contrast
72194 CT pelvis without and with contrast
72195 MRI pelvis without contrast
72196 MRI pelvis with contrast
72197 MRI pelvis without and with contrast
72198 MR angiography pelvis
73200 CT arm without contrast
73201 CT arm with contrast
73202 CT arm without and with contrast
73206 CT angiography arm
73218 MRI arm other than joint, without contrast
73219 MRI arm other than joint, with contrast
73220 MRI arm other than joint, without and with contrast
73221 MRI arm joint without contrast
73222 MRI arm joint with contrast
73223 MRI arm joint without and with contrast
73225 MR angiography arm
73560 knee radiograph, one or two views
73562 knee radiograph, three views
73564 knee radiograph, four or more views
73565 knee radiograph, both standing
73700 CT leg without contrast
73701 CT leg with contrast
73702 CT leg without and with contrast
73706 CT angiography leg
73718 MRI leg other than joint, without contrast
73719 MRI leg other than joint, with contrast
73720 MRI leg other than joint, without and with contrast
73721 MRI leg joint without contrast
73722 MRI leg joint with contrast
73723 MRI leg joint without and with contrast
73725 MR angiography leg
74150 CT abdomen without contrast
74160 CT abdomen with contrast
74170 CT abdomen without and with contrast
74174 CT angiography abdomen and pelvis
74175 CT angiography abdomen
74176 CT abdomen and pelvis without contrast
74177 CT abdomen and pelvis with contrast
74178 CT abdomen and pelvis without and with contrast
74181 MRI abdomen without contrast
74182 MRI abdomen with contrast
74183 MRI abdomen without and with contrast
74185 MR angiography abdomen
75557 cardiac MRI without contrast
75559 cardiac MRI without contrast, with stress
75561 cardiac MRI without and with contrast
75563 cardiac MRI without and with contrast, with stress
75571 CT coronary calcium
75572 CT heart with contrast
75573 CT heart with contrast, congenital disease
75574 CT angiography of the coronary arteries
77002 fluoroscopic needle guidance
77003 fluoroscopic guidance for a spinal injection
77046 MRI one breast without contrast @2019-01-01
77047 MRI both breasts without contrast @2019-01-01
77048 MRI one breast without and with contrast @2019-01-01
77049 MRI both breasts without and with contrast @2019-01-01
77080 bone density, axial
78451 heart perfusion SPECT, single study
78452 heart perfusion SPECT, multiple studies
78453 heart perfusion planar, single study
78454 heart perfusion planar, multiple studies
78459 heart metabolism PET
78491 heart perfusion PET, single study
78492 heart perfusion PET, multiple studies
78608 brain metabolism PET
78811 PET, limited area
78812 PET, skull base to mid-thigh
78813 PET, whole body
78814 PET with CT, limited area
78815 PET with CT, skull base to mid-thigh
78816 PET with CT, whole body
93000 electrocardiogram with report
93005 electrocardiogram, tracing only
93010 electrocardiogram, report only
93303 echocardiogram for congenital disease, complete
93304 echocardiogram for congenital disease, limited
93306 echocardiogram with Doppler and color, complete
93307 echocardiogram without Doppler, complete
93308 echocardiogram, limited
93312 transesophageal echocardiogram
93313 transesophageal echocardiogram, probe placement only
93314 transesophageal echocardiogram, images and report only
93315 transesophageal echocardiogram for congenital disease
93316 transesophageal echocardiogram for congenital disease, probe placement only
93317 transesophageal echocardiogram for congenital disease, images and report only
93318 transesophageal echocardiogram for monitoring
93320 Doppler echocardiography, complete, added
93321 Doppler echocardiography, follow-up, added
93325 color flow Doppler, added
93350 stress echocardiogram
93351 stress echocardiogram with monitoring
`
