<?php return [
    1001 => 'Offline',
    1002 => 'Busy', 1005 => 'Late', 1006 => 'Gone',
    1007 => 'Since 1990 => 1991',
];
