"""UnionHall (工会实名制管理平台): who belongs to which union, from Excel sheet to settlement.

Built in storeys; docs/house.md says what stands where and why.
"""

__version__ = "0.1.0"
