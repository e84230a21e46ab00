# Owns nothing but the name of the package: the drawing functions of the demo shop, one module for each department.
