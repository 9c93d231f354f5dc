namespace Platform.GraphQL.Limits;

/// <summary>The cost of an operation as the IBM specification counts it: calls of fields, and objects made.</summary>
public readonly record struct OperationCost(double Field, double Type);
