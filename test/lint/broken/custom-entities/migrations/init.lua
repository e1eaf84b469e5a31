return { "000_base" } -- defect
