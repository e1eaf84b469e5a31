return { ["/admin-api"] = {} } -- defect
