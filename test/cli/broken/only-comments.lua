  
-- nothing here
