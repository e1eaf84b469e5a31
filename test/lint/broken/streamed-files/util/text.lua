return {} -- defect
