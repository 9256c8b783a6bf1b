"""The words on buttons: one for going on, one for handing in, one for leaving it until later.

Templates know them by these names; a test keeps every form to them.
"""

NEXT = "下一步"
HAND_IN = "提交"
"""What every button that hands something in begins with: 提交申请, 提交补充材料."""
GO_ON_LATER = "先存着，以后再填"
